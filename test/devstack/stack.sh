#!/bin/bash
#
# Takes the plugin through the phases of stack.sh with the functions of a real DevStack. Three things of the machine are
# replaced: services are plain processes, pip is our own install.py, and root needs no sudo.
#
#   stack.sh DEVSTACK REPOSITORY FOLDER LOCALRC PHASE…      a phase is "stack install", "unstack" and so on

set -o errexit

devstack=$1 repository=$2 folder=$3 localrc=$4
shift 4

TOP_DIR=$devstack
STACK_USER=$(id -un)
DATA_DIR=$folder/data
DEST=$folder
NOVA_DIR=$folder/nova
NOVA_CONF=$folder/etc/nova.conf
NEUTRON_CONF_DIR=$folder/etc/neutron
NEUTRON_CONF=$NEUTRON_CONF_DIR/neutron.conf
ENABLED_SERVICES=n-cpu,n-api,q-svc
mkdir -p "$DATA_DIR" "$NEUTRON_CONF_DIR"

source "$devstack/functions"
set +o xtrace

function run_process {
    local service=$1 command=$2 group=$3 environment=$5
    is_service_enabled "$service" || return 0
    echo "$service: $command${group:+ (group $group)}"
    # The words of the environment are quoted as for systemd.
    eval "exec env $environment $command" > "$folder/$service.log" 2>&1 < /dev/null &
    echo $! > "$folder/$service.pid"
}
function stop_process {
    if [[ -e "$folder/$1.pid" ]]; then
        kill "$(cat "$folder/$1.pid")"
        rm "$folder/$1.pid"
    fi
}
function pip_install {
    /usr/bin/python3 "$1/install.py" --target "$folder/python"
}
function sudo {
    "$@"
}

source "$localrc"
source "$repository/devstack/override-defaults"
source "$repository/devstack/settings"
for phase in "$@"; do
    read -r mode step <<< "$phase"
    source "$repository/devstack/plugin.sh" "$mode" $step
done
