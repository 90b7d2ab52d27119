"""Power enterprise pools of an HMC."""

from .checks import check, equal, true


def _pool(context):
    from pypowervm.wrappers import enterprise_pool
    return enterprise_pool.Pool.get(context.adapter)[0]


def _members(context):
    from pypowervm.wrappers import enterprise_pool
    found = enterprise_pool.PoolMember.get(
        context.adapter, parent_type=enterprise_pool.Pool, parent_uuid=_pool(context).uuid)
    return {one.sys_name: one for one in found}


@check('enterprise pool: give a member processors and take them back', only='HMC')
def mobile(context):
    from pypowervm import exceptions
    pool = _pool(context)
    equal(pool.compliance_state, 'InCompliance', 'compliance')
    equal(pool.master_console_mtms.mtms_str.split('*')[0], '7042-CR7', 'master console')
    member = _members(context)['sim2']
    before = (member.mobile_procs, member.inactive_procs)
    member.mobile_procs += 2
    member = member.update()
    equal((member.mobile_procs, member.inactive_procs), (before[0] + 2, before[1] - 2), 'of the member')
    equal(_pool(context).avail_mobile_procs, pool.avail_mobile_procs - 2, 'of the pool')
    member.mobile_procs = before[0]
    member.update()
    equal(_pool(context).avail_mobile_procs, pool.avail_mobile_procs, 'taken back')
    distant = _members(context)['distant']
    distant.mobile_procs = 1
    try:
        distant.update()
    except exceptions.HttpError as error:
        equal(error.response.status, 409, 'status')
    else:
        raise AssertionError('a system that is not connected')
    true(distant.sys_installed_mem > 0, 'installed memory')
