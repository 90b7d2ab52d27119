"""Build, create, power, resize and delete a partition."""

from .checks import check, equal, true


@check('build and create a shared-processor partition with its own UUID')
def create(context):
    from pypowervm.utils import lpar_builder
    system = context.system
    region = system.memory_region_size
    attributes = {'name': 'stranger', 'uuid': '1F0E9C3A-1111-4222-8333-944455556666', 'memory': 4 * region,
                  'max_mem': 8 * region, 'vcpu': 2, 'proc_units': 0.5, 'max_io_slots': 100}
    standard = lpar_builder.DefaultStandardize(system)
    built = lpar_builder.LPARBuilder(context.adapter, attributes, standard).build()
    lpar = built.create(parent=system)
    context.state['lpar'] = lpar.uuid
    equal(lpar.uuid, attributes['uuid'], 'UUID')
    equal(lpar.state, 'not activated', 'state')
    equal(lpar.mem_config.desired, 4 * region, 'memory')
    equal(lpar.proc_config.shared_proc_cfg.desired_units, 0.5, 'units')
    true(lpar.id >= 1, 'id')


@check('creating the same UUID twice is refused')
def duplicate(context):
    from pypowervm import exceptions
    from pypowervm.utils import lpar_builder
    system = context.system
    region = system.memory_region_size
    built = lpar_builder.LPARBuilder(context.adapter, {
        'name': 'stranger2', 'uuid': context.state['lpar'], 'memory': region, 'vcpu': 1},
        lpar_builder.DefaultStandardize(system)).build()
    try:
        built.create(parent=system)
    except exceptions.HttpError as error:
        true(400 <= error.response.status < 500, 'status %s' % error.response.status)
    else:
        raise AssertionError('created twice')


@check('memory overhead job')
def overhead(context):
    from pypowervm.tasks import memory
    need, free = memory.calculate_memory_overhead_on_host(context.adapter, context.system.uuid)
    true(need > 0 and free, 'overhead %s, free %s' % (need, free))


@check('resize of a partition that is off')
def resize(context):
    region = context.system.memory_region_size
    lpar = context.partition()
    lpar.mem_config.desired = 6 * region
    lpar.name = 'stranger-resized'
    lpar = lpar.update()
    equal(lpar.mem_config.desired, 6 * region, 'memory')
    equal(context.partition().name, 'stranger-resized', 'name')


@check('a stale ETag is refused with 412')
def stale(context):
    from pypowervm import exceptions
    first, second = context.partition(), context.partition()
    first.name = 'stranger-a'
    first.update()
    second.name = 'stranger-b'
    try:
        second.update()
    except exceptions.HttpError as error:
        equal(error.response.status, 412, 'status')
    else:
        raise AssertionError('a stale update went through')


@check('power on, power on again, progressive power off, power off again')
def power(context):
    from pypowervm.tasks import power
    lpar = context.partition()
    power.PowerOp.start(lpar)
    equal(context.partition().state, 'open firmware', 'state of a partition without a disk to boot from')
    power.PowerOp.start(context.partition())
    power.power_off_progressive(context.partition())
    equal(context.partition().state, 'not activated', 'state after power off')
    from pypowervm.tasks import power_opts
    power.PowerOp.stop(context.partition(), opts=power_opts.PowerOffOpts().vsp_hard())


@check('restart is one job')
def restart(context):
    from pypowervm.tasks import power, power_opts
    power.PowerOp.start(context.partition())
    power.PowerOp.stop(context.partition(), opts=power_opts.PowerOffOpts().vsp_hard().restart())
    equal(context.partition().state, 'open firmware', 'state')
    power.PowerOp.stop(context.partition(), opts=power_opts.PowerOffOpts().vsp_hard())


@check('build, create, start, stop and delete a Virtual I/O Server')
def vios(context):
    from pypowervm.tasks import power, power_opts
    from pypowervm.utils import lpar_builder
    from pypowervm.wrappers import base_partition
    system = context.system
    before = len(context.vioses())
    built = lpar_builder.LPARBuilder(context.adapter, {
        'name': 'stranger-vios', 'memory': 4 * system.memory_region_size, 'vcpu': 1, 'dedicated_proc': True,
        'env': base_partition.LPARType.VIOS}, lpar_builder.DefaultStandardize(system)).build()
    made = built.create(parent=system)
    equal(made.env, base_partition.LPARType.VIOS, 'type')
    equal(len(context.vioses()), before + 1, 'VIOSes')
    power.PowerOp.start(made)
    power.PowerOp.stop(made, opts=power_opts.PowerOffOpts().vsp_hard())
    made.refresh().delete()
    equal(len(context.vioses()), before, 'VIOSes left')
