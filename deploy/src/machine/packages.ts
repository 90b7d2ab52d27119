/** What stock OpenStack and its helpers are made of, by Debian's names. */
export const packages = [
  'mariadb-server',
  'rabbitmq-server',
  'memcached',
  'python3-memcache',
  'python3-pymysql',
  'keystone',
  'glance-api',
  'placement-api',
  'nova-api',
  'nova-conductor',
  'nova-scheduler',
  'nova-compute',
  // nova-compute depends on a hypervisor package; this one brings neither QEMU nor libvirt's daemon.
  'nova-compute-ironic',
  'nova-consoleproxy',
  'novnc',
  'neutron-server',
  'cinder-api',
  'cinder-scheduler',
  'cinder-volume',
  'python3-openstackclient',
  'python3-osc-placement',
  // Nova builds config drives with it.
  'genisoimage',
] as const;

/** What only tests need: a browser that opens consoles, Tempest, and Open vSwitch with Neutron's agent for it. */
export const testPackages = [
  'chromium',
  'tempest',
  'openvswitch-switch',
  'neutron-openvswitch-agent',
  // `ip` and `tc`, for network namespaces and their devices.
  'iproute2',
] as const;

/** What the packages' installers are told: set up no database, no endpoint, no account. */
export const debconfAnswers = [
  ['dbconfig-common', 'dbconfig-common/dbconfig-install'],
  ['dbconfig-common', 'dbconfig-common/dbconfig-upgrade'],
  ['keystone', 'keystone/configure_db'],
  ['keystone', 'keystone/register-endpoint'],
  ['keystone', 'keystone/create-admin-tenant'],
  ['glance-common', 'glance/configure_db'],
  ['glance-common', 'glance/configure_ksat'],
  ['glance-api', 'glance/register-endpoint'],
  ['placement-common', 'placement/configure_db'],
  ['placement-common', 'placement/configure_ksat'],
  ['placement-api', 'placement/register-endpoint'],
  ['nova-common', 'nova/configure_db'],
  ['nova-common', 'nova/configure_ksat'],
  ['nova-api', 'nova/register-endpoint'],
  ['neutron-common', 'neutron/configure_db'],
  ['neutron-common', 'neutron/configure_ksat'],
  ['neutron-common', 'neutron/configure_nova'],
  ['neutron-api', 'neutron/register-endpoint'],
  ['cinder-common', 'cinder/configure_db'],
  ['cinder-common', 'cinder/configure_ksat'],
  ['cinder-api', 'cinder/register-endpoint'],
] as const;

/** The answers in the format of debconf-set-selections(1). */
export function debconfSelections(): string {
  return debconfAnswers.map(([owner, question]) => `${owner} ${question} boolean false\n`).join('');
}

/** Whether a service in /etc/init.d is one that we start ourselves, and not one that came along, like cron or dbus. */
export function isOurService(name: string): boolean {
  return /^(mariadb|rabbitmq-server|memcached|openvswitch-switch|keystone|(placement|glance|nova|neutron|cinder)-.+)$/.test(
    name,
  );
}
