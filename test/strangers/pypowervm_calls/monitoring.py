"""Performance and capacity monitoring."""

import urllib.request

from .checks import check, equal, true


@check('PCM: enable the long-term monitor, read what it has measured')
def long_term(context):
    from pypowervm.tasks.monitor import util
    from pypowervm.wrappers import monitor
    system = context.system
    equal(util.query_ltm_feed(context.adapter, system.uuid), [], 'metrics of a monitor that is off')
    util.ensure_ltm_monitors(context.adapter, system.uuid, compute_ltm=True)
    preference = monitor.PcmPref.wrap(context.adapter.read_by_path(monitor_path(system)))[0]
    true(preference.ltm_enabled, 'long-term monitor enabled')
    equal(util.query_ltm_feed(context.adapter, system.uuid), [], 'nothing is measured backwards')
    request = urllib.request.Request(context.url.geturl() + '/simulator/clock', b'{"passSeconds": 180}', method='PUT')
    urllib.request.urlopen(request, timeout=30).close()
    _time, phyp, vioses, lpars = util.latest_stats(context.adapter, system.uuid)
    _time2, before, _vioses, _lpars = util.latest_stats(context.adapter, system.uuid, second_latest=True)
    equal(len(vioses), 2, 'VIOS samples')
    equal(len(phyp.sample.vioses), 2, 'VIOSes seen by the hypervisor')
    true(phyp.sample.time_based_cycles > before.sample.time_based_cycles, 'time passes')
    busy = phyp.sample.vioses[0].processor
    earlier = next(one for one in before.sample.vioses if one.id == phyp.sample.vioses[0].id).processor
    true(busy.util_cap_proc_cycles > earlier.util_cap_proc_cycles, 'VIOSes work')
    equal(phyp.sample.processor.configurable_proc_units, system.proc_units_configurable, 'processor units')
    true(lpars is not None, 'partition metrics')


def monitor_path(system):
    return '/rest/api/pcm/ManagedSystem/%s/preferences?group=None' % system.uuid
