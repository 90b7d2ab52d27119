#!/bin/bash
#
# DevStack plugin of openstack-powervm. DevStack sources this file at each phase of stack.sh, unstack.sh and clean.sh;
# the dispatch is at the end. Settings are in the file beside it, docs/devstack.md tells how to use it.

_XTRACE_POWERVM=$(set +o | grep xtrace)
set +o xtrace

POWERVM_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
POWERVM_STATE=$DATA_DIR/openstack-powervm
POWERVM_SOCKET=$POWERVM_STATE/compute.sock
POWERVM_DEVICES=$POWERVM_STATE/devices
POWERVM_AGENT_CONF_DIR=${NEUTRON_CONF_DIR:-/etc/neutron}/plugins/ml2
# nova-compute looks for drivers below nova.virt only; a link there leaves the files of Nova alone.
POWERVM_NOVA_LINK=$NOVA_DIR/nova/virt/powervm_ext

# What DevStack calls of the file of an agent in lib/neutron_plugins. Ours need nothing of it: they are no q-agt.
if [[ "$Q_AGENT" == "powervm" ]]; then
    function neutron_plugin_create_nova_conf { :; }
    function neutron_plugin_install_agent_packages { :; }
    function neutron_plugin_configure_plugin_agent { :; }
    function neutron_plugin_configure_dhcp_agent { :; }
    function neutron_plugin_configure_l3_agent { :; }
    function neutron_plugin_setup_interface_driver { :; }
fi

# The powervm command with its arguments, as run_process wants it: beginning with a full path.
function powervm_command {
    echo "$POWERVM_NODE $POWERVM_DIR/packages/cli/dist/main.js $*"
}

function powervm_runs_here {
    is_service_enabled powervm-compute powervm-sea-agent powervm-sriov-agent
}

function check_powervm_node {
    local wanted="20.18.1"
    if [[ ! -x "$POWERVM_NODE" ]]; then
        die $LINENO "openstack-powervm needs Node.js $wanted or later, and there is no node on the PATH. Install it, or set POWERVM_NODE in local.conf"
    fi
    local found
    found=$("$POWERVM_NODE" --version || true)
    if [[ "$(printf '%s\n' "$wanted" "${found#v}" | sort -V | head -n 1)" != "$wanted" ]]; then
        die $LINENO "openstack-powervm needs Node.js $wanted or later, and $POWERVM_NODE is ${found:-something else}. Install a later one, or set POWERVM_NODE in local.conf"
    fi
}

# The group may log on to NovaLink without a password. DevStack gives it to the processes by run_process.
function check_powervm_group {
    if [[ "$POWERVM_SIMULATOR" == "True" || -n "$POWERVM_REST_USERNAME" ]]; then
        return
    fi
    if ! getent group "$POWERVM_ADMIN_GROUP" > /dev/null; then
        die $LINENO "This machine has no group $POWERVM_ADMIN_GROUP, so it is no NovaLink partition. Set POWERVM_REST_ENDPOINT, POWERVM_REST_USERNAME and POWERVM_REST_PASSWORD, or POWERVM_SIMULATOR=True, in local.conf"
    fi
}

function check_powervm_settings {
    if [[ "$POWERVM_DISK_DRIVER" == "localdisk" && -z "$POWERVM_VOLUME_GROUP" ]]; then
        die $LINENO "POWERVM_DISK_DRIVER is localdisk: set POWERVM_VOLUME_GROUP in local.conf to the volume group for disks (not rootvg)"
    fi
}

function install_powervm_code {
    (cd "$POWERVM_DIR" && PATH="$(dirname "$POWERVM_NODE"):$PATH" npm ci && PATH="$(dirname "$POWERVM_NODE"):$PATH" npm run build)
}

function install_powervm_plugin {
    pip_install "$POWERVM_DIR/python"
    if is_service_enabled n-cpu; then
        ln -sfn "$POWERVM_DIR/python/src/openstack_powervm/virt/powervm_ext" "$POWERVM_NOVA_LINK"
    fi
}

# Sets an option where the setting is not empty: file, group, option, value.
function powervm_iniset {
    if [[ -n "$4" ]]; then
        iniset "$1" "$2" "$3" "$4"
    fi
}

# Where the REST server is and who logs on there, in a file that has a group [powervm].
function configure_powervm_access {
    local file=$1
    if [[ "$POWERVM_SIMULATOR" == "True" ]]; then
        iniset "$file" powervm rest_endpoint "http://127.0.0.1:$POWERVM_SIMULATOR_PORT"
        iniset "$file" powervm rest_username pvmadmin
        iniset "$file" powervm rest_password pvmadmin-simulated
        return
    fi
    powervm_iniset "$file" powervm rest_endpoint "$POWERVM_REST_ENDPOINT"
    powervm_iniset "$file" powervm rest_username "$POWERVM_REST_USERNAME"
    powervm_iniset "$file" powervm rest_password "$POWERVM_REST_PASSWORD"
}

function configure_powervm_nova {
    iniset "$NOVA_CONF" DEFAULT compute_driver powervm_ext.driver.PowerVMDriver
    # Nobody serves metadata or DHCP on a Shared Ethernet Adapter: guests read the config drive.
    iniset "$NOVA_CONF" DEFAULT force_config_drive True
    iniset "$NOVA_CONF" powervm daemon_socket "$POWERVM_SOCKET"
    iniset "$NOVA_CONF" powervm disk_driver "$POWERVM_DISK_DRIVER"
    powervm_iniset "$NOVA_CONF" powervm cluster_name "$POWERVM_CLUSTER"
    powervm_iniset "$NOVA_CONF" powervm volume_group_name "$POWERVM_VOLUME_GROUP"
    if [[ "$POWERVM_SIMULATOR" == "True" ]]; then
        iniset "$NOVA_CONF" powervm mkvterm_command "$POWERVM_DIR/packages/simulator/commands/mkvterm.mjs"
        iniset "$NOVA_CONF" powervm rmvterm_command "$POWERVM_DIR/packages/simulator/commands/rmvterm.mjs"
    fi
    configure_powervm_access "$NOVA_CONF"
}

function configure_powervm_agents {
    sudo install -d -o "$STACK_USER" "$POWERVM_AGENT_CONF_DIR"
    local agent
    for agent in sea sriov; do
        configure_powervm_access "$POWERVM_AGENT_CONF_DIR/powervm_${agent}_agent.ini"
    done
    powervm_iniset "$POWERVM_AGENT_CONF_DIR/powervm_sea_agent.ini" AGENT bridge_mappings "$POWERVM_BRIDGE_MAPPINGS"
}

# The daemon before nova-compute, which waits for it a minute only.
function start_powervm_compute {
    if is_service_enabled powervm-simulator; then
        run_process powervm-simulator "$(powervm_command simulate --site "$POWERVM_SIMULATOR_SITE" --port "$POWERVM_SIMULATOR_PORT" --state "$POWERVM_STATE/simulator" --devices-dir "$POWERVM_DEVICES")"
        run_process powervm-compute "$(powervm_command compute --socket "$POWERVM_SOCKET" --device-root "$POWERVM_DEVICES/$POWERVM_SIMULATOR_SYSTEM")" \
            "" "" "\"PATH=$PATH\" POWERVM_SIMULATOR_URL=http://127.0.0.1:$POWERVM_SIMULATOR_PORT"
    else
        run_process powervm-compute "$(powervm_command compute --socket "$POWERVM_SOCKET")" "$(powervm_group)"
    fi
}

# The group of the processes where they log on by file; else none.
function powervm_group {
    if [[ "$POWERVM_SIMULATOR" != "True" && -z "$POWERVM_REST_USERNAME" ]]; then
        echo "$POWERVM_ADMIN_GROUP"
    fi
}

function start_powervm_agents {
    local agent
    for agent in sea sriov; do
        run_process "powervm-$agent-agent" \
            "$(powervm_command "$agent-agent" --config-file "$NEUTRON_CONF" --config-file "$POWERVM_AGENT_CONF_DIR/powervm_${agent}_agent.ini")" \
            "$(powervm_group)"
    done
}

function stop_powervm {
    local service
    for service in powervm-sriov-agent powervm-sea-agent powervm-compute powervm-simulator; do
        stop_process "$service"
    done
}

function clean_powervm {
    rm -f "$POWERVM_NOVA_LINK"
    sudo rm -rf "$POWERVM_STATE"
    sudo rm -f "$POWERVM_AGENT_CONF_DIR"/powervm_{sea,sriov}_agent.ini
}

function powervm_phase {
    case "$1 $2" in
        "stack pre-install")
            if powervm_runs_here; then
                echo_summary "Checking the settings of openstack-powervm"
                check_powervm_node
                check_powervm_group
                check_powervm_settings
            fi
            ;;
        "stack install")
            echo_summary "Installing openstack-powervm"
            if powervm_runs_here; then
                install_powervm_code
            fi
            install_powervm_plugin
            ;;
        "stack post-config")
            if powervm_runs_here; then
                echo_summary "Configuring openstack-powervm"
                sudo install -d -o "$STACK_USER" "$POWERVM_STATE"
                configure_powervm_nova
                configure_powervm_agents
                start_powervm_compute
            fi
            ;;
        "stack extra")
            if powervm_runs_here; then
                echo_summary "Starting the agents of openstack-powervm"
                start_powervm_agents
            fi
            ;;
        "unstack ")
            stop_powervm
            ;;
        "clean ")
            clean_powervm
            ;;
    esac
}

powervm_phase "$1" "$2"

$_XTRACE_POWERVM
