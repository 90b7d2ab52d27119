/** What happened, and what to try, for codes whose own tables say neither. */
export interface CodeText {
  readonly meaning: string;
  readonly advice: string;
}

/** Between nova-compute's plug-in and the daemon. */
export const bridgeTexts: Readonly<Record<string, CodeText>> = {
  PVM_PROTOCOL_MISMATCH: {
    meaning: 'Plug-in and daemon are of different releases.',
    advice: 'Install the same release of both and restart both.',
  },
  PVM_HANDSHAKE_REQUIRED: {
    meaning: 'Something other than the plug-in speaks to the daemon.',
    advice: 'Let nobody but nova-compute use the socket.',
  },
  PVM_OPTIONS_INVALID: {
    meaning: 'Options of nova.conf are out of range; the message names every one.',
    advice: 'Correct them; powervm compute check tests a file before the start.',
  },
  PVM_OPTIONS_DIFFER: {
    meaning: 'Two nova-compute with different options use one daemon.',
    advice: 'Give each its own daemon and daemon_socket.',
  },
  PVM_UNKNOWN_METHOD: {
    meaning: 'The plug-in asks for something that this daemon does not know.',
    advice: 'Install the same release of both and restart both.',
  },
  PVM_NOT_SUPPORTED: {
    meaning: 'The driver does not offer this operation.',
    advice: 'The support matrix says why, and what to use instead.',
  },
  PVM_PARAMS_INVALID: {
    meaning: 'The plug-in sent something that the contract does not allow.',
    advice: 'Report it with the message; Nova may be newer than this release.',
  },
  PVM_RESULT_INVALID: {
    meaning: 'The daemon answered something that the contract does not allow.',
    advice: 'Report it with the message.',
  },
  PVM_DISCONNECTED: {
    meaning: 'The daemon does not run, or went away during a call.',
    advice: 'systemctl status openstack-powervm-compute; compare daemon_socket with --socket of the daemon.',
  },
  PVM_INTERNAL: {
    meaning: 'The daemon failed in a way that it has no name for.',
    advice: 'Report it with the lines of the log that have the same request id.',
  },
  PVM_SOCKET_PATH: {
    meaning: 'The socket cannot be made at this path: too long, or something else is there.',
    advice: 'Choose another path for --socket and daemon_socket.',
  },
  PVM_SOCKET_IN_USE: {
    meaning: 'Another daemon listens on the socket.',
    advice: 'Stop the other one, or give this one a socket of its own.',
  },
};

/** The command line. */
export const commandTexts: Readonly<Record<string, CodeText>> = {
  PVM_OBJECT_UNKNOWN: {
    meaning: 'The REST server has no object of that name, number or UUID.',
    advice: 'The list command shows what there is; with several systems, check --system.',
  },
  PVM_OBJECT_AMBIGUOUS: {
    meaning: 'A name fits several objects.',
    advice: 'Name the object by its UUID, or its system with --system.',
  },
  PVM_PASSWORD_UNREADABLE: {
    meaning: 'A user was named, but no password can be read.',
    advice: 'Name a readable file with --password-file, or set POWERVM_PASSWORD.',
  },
};

/** The Neutron agents. */
export const agentTexts: Readonly<Record<string, CodeText>> = {
  AGENT_CONFIG: {
    meaning: 'An option of the agent is wrong; it cannot start.',
    advice: 'Correct the option that the message names; configuration.md lists them all.',
  },
  AGENT_DEVICE_NOT_FOUND: {
    meaning: 'bridge_mappings names a Shared Ethernet Adapter or a VIOS that does not exist.',
    advice: 'powervm network list shows the adapters as device@vios.',
  },
  AGENT_SYSTEM: {
    meaning: 'The system cannot be served: none or several systems, no VIOS ready, or no network bridge.',
    advice: 'powervm host list, powervm vios list and powervm network list show which it is.',
  },
  AGENT_VLAN_REFUSED: {
    meaning: 'A VLAN cannot be put on a bridge.',
    advice: 'See the reason in the message; powervm network show tells which VLANs are where.',
  },
  AGENT_BRIDGE_CHANGED: {
    meaning: 'Somebody else changed a bridge meanwhile.',
    advice: 'Nothing: the agent starts over by itself.',
  },
};

/** RabbitMQ, Keystone, Glance, and the configuration files of OpenStack. */
export const openstackTexts: Readonly<Record<string, CodeText>> = {
  OSLO_CONFIG_FILE: {
    meaning: 'A configuration file cannot be read or parsed.',
    advice: 'Correct it at the line that the message names.',
  },
  OSLO_CONFIG_VALUE: {
    meaning: 'The value of an option has the wrong type or lies out of range.',
    advice: 'Correct the option that the message names.',
  },
  OSLO_TRANSPORT_URL: {
    meaning: 'transport_url names no usable broker.',
    advice: 'Correct transport_url in neutron.conf.',
  },
  OSLO_RPC_TLS: {
    meaning:
      'The connection to the broker is not safe, or not possible: certificate, authority or TLS options.',
    advice:
      'Compare the options of [oslo_messaging_rabbit] that the message names with the certificate of the broker.',
  },
  OSLO_RPC_UNREACHABLE: {
    meaning: 'No broker could be reached in time.',
    advice: 'Check RabbitMQ and the network; the agent goes on trying.',
  },
  OSLO_RPC_TIMEOUT: {
    meaning: 'Nobody answered a call in time; it may have been executed.',
    advice: 'Check neutron-server and the load of RabbitMQ.',
  },
  OSLO_RPC_INTERRUPTED: {
    meaning: 'The connection broke while an answer was awaited.',
    advice: 'Check RabbitMQ; the agent connects again by itself.',
  },
  OSLO_RPC_NO_LISTENER: {
    meaning: 'Nobody serves the queue: the other service does not run yet.',
    advice: 'Start neutron-server.',
  },
  OSLO_RPC_REMOTE: {
    meaning: 'The other service answered with an error.',
    advice: 'Look at the log of neutron-server at the same time.',
  },
  OSLO_RPC_MESSAGE: {
    meaning: 'A message on the queue is no oslo.messaging message of version 2.',
    advice: 'Look who else uses the queues of this virtual host.',
  },
  OSLO_CLOSED: {
    meaning: 'The connection was closed by ourselves.',
    advice: 'Nothing: the process is ending.',
  },
  OSLO_ABORTED: {
    meaning: 'The caller gave up.',
    advice: 'Nothing: repeat the request if it is still wanted.',
  },
  OSLO_HTTP_UNREACHABLE: {
    meaning: 'Keystone or Glance could not be reached.',
    advice: 'Check the address in the message, DNS and the network.',
  },
  OSLO_HTTP_TIMEOUT: {
    meaning: 'Keystone or Glance did not answer in time, or a transfer stood still.',
    advice: 'Check the load of the service and its storage.',
  },
  OSLO_HTTP_STATUS: {
    meaning: 'Keystone or Glance answered with an error.',
    advice: 'Look at the log of the service at the same time.',
  },
  OSLO_AUTH_REFUSED: {
    meaning: 'A token or a password was refused by Keystone.',
    advice: 'Check the credentials of the service; long uploads outlive short tokens.',
  },
  OSLO_NO_ENDPOINT: {
    meaning: "Keystone's catalogue has no endpoint for the service.",
    advice: 'openstack catalog list; create the endpoint.',
  },
  OSLO_IMAGE_NOT_FOUND: { meaning: 'The image does not exist.', advice: 'openstack image list.' },
  OSLO_IMAGE_NOT_READY: {
    meaning: 'The image has no data that can be read: queued, saving or deactivated.',
    advice: 'openstack image show tells its status.',
  },
  OSLO_IMAGE_CORRUPT: {
    meaning: 'Size or checksum of the bytes read differ from what Glance promised.',
    advice: 'Try again; when it persists, upload the image anew.',
  },
};

/** The simulator. */
export const simulatorTexts: Readonly<Record<string, CodeText>> = {
  SIM_SITE_INVALID: {
    meaning: 'The site file has mistakes; the message names each with its line and column.',
    advice: 'Correct them; site.schema.json of the simulator lets an editor check while you type.',
  },
  SIM_FAULT_RULE_INVALID: {
    meaning: 'A fault rule has mistakes, or could never act.',
    advice: 'Compare its route or job with powervm simulate --capabilities and /simulator/about.',
  },
  SIM_STATE_UNREADABLE: {
    meaning: 'What --state or --load names was not written by this version of the simulator, or is damaged.',
    advice: 'Start with another directory or file, or remove this one and lose what it held.',
  },
  SIM_STATE_IN_USE: {
    meaning: 'Another simulator uses the directory of --state.',
    advice: 'Stop the other one, or choose another directory.',
  },
  SIM_STATE_UNSAVED: {
    meaning: 'A change could not be written to the directory of --state; its request is answered 500.',
    advice: 'Make room or permit writing; the next change saves this one too.',
  },
};
