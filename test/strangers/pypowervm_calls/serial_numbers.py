"""Virtual serial numbers of a system."""

from .checks import check, equal


def _job(context, name, **parameters):
    # pypowervm's own functions open a session of their own on a fixed port, so only its job wrapper is used.
    from pypowervm.wrappers import job, managed_system
    uuid = context.system.uuid
    found = context.adapter.read(managed_system.System.schema_type, root_id=uuid, suffix_type='do', suffix_parm=name)
    wrapper = job.Job.wrap(found.entry)
    wrapper.run_job(uuid, job_parms=[wrapper.create_job_parameter(*one) for one in parameters.items()])


def _numbers(context):
    from pypowervm.wrappers import managed_system, virtual_serial_number
    found = virtual_serial_number.VirtualSerialNumber.get(
        context.adapter, parent_type=managed_system.System, parent_uuid=context.system.uuid)
    return {one.vsn: one.assoc_partition_id for one in found}


@check('virtual serial numbers: add, assign, give back, remove')
def assign(context):
    _job(context, 'AddVSN', VirtualSerialNumber='ZCE0HF0')
    equal(_numbers(context), {'ZCE0HF0': '-'}, 'unassigned')
    lpar = context.partition()
    lpar.virtual_serial_number = 'ZCE0HF0'
    lpar = lpar.update()
    equal(lpar.virtual_serial_number, 'ZCE0HF0', 'of the partition')
    equal(_numbers(context), {'ZCE0HF0': lpar.id}, 'assigned')
    lpar.virtual_serial_number = 'none'
    lpar.update()
    _job(context, 'RemoveVSN', VirtualSerialNumber='ZCE0HF0')
    equal(_numbers(context), {}, 'removed')
