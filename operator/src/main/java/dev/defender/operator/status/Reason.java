/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

/** Why a condition is as it is, with what to do: the table of trouble in {@code docs/operator.md}. */
public enum Reason {
    ALL_READY("AllReady", "Everything runs.", "Nothing."),
    DISABLED("Disabled", "`securityMonitoring.enabled` is false; no component runs.", "Set it to true to start."),
    REMOVING("Removing", "Components are being removed.", "Wait."),
    ROLLING_OUT("RollingOut", "A version is on its way over the nodes.", "Wait; the message counts the nodes."),
    CANARY("Canary", "One node has the new version; the others follow when it works there.", "Wait."),
    HALTED(
            "Halted",
            "The new version fails on a node, so it goes no further.",
            "Look at that node in `status.worstNodes`. Put it right, correct the profile, or label the node"
                    + " `defender.dev/exclude=true`; it goes on by itself."),
    WAITING_FOR_PODS("WaitingForPods", "Pods are not ready yet.", "Wait; a pod that fails gets a reason of its own."),
    NO_NODES(
            "NoNodes",
            "No node of the cluster is selected.",
            "Check `spec.nodeSelector`, and which nodes are Linux on a supported architecture."),
    STEADY("Steady", "Nothing is being changed.", "Nothing."),
    HEALTHY("Healthy", "No trouble is known.", "Nothing."),
    ANOTHER_PROFILE(
            "AnotherProfile",
            "There is an older DefenderProfile; one cluster has one.",
            "Delete one of the two; the remaining one takes over."),
    NAME_TAKEN(
            "NameTaken",
            "An object that is not ours has the name of one of ours, as with the AKS add-on. It is left alone.",
            "Remove what made it (`az aks update --disable-defender` for the add-on), or delete the profile and create it"
                    + " with a `namePrefix`."),
    MISSING_SECRET(
            "MissingSecret",
            "The onboarding Secret is not in kube-system.",
            "`defenderctl cluster add NAME … | kubectl apply -f -`; it goes on within seconds."),
    SECRET_FORBIDDEN(
            "SecretForbidden",
            "The operator may not read the Secret of this name.",
            "Name it in the chart's `onboarding.secretName`."),
    SECRET_INVALID("SecretInvalid", "A key of the onboarding Secret is missing or has no sense.", "Make it again."),
    REJECTED(
            "Rejected",
            "The backend does not accept the credential of a node.",
            "Check that the enrolment token is valid and that the node was not revoked; the backend's audit trail names the"
                    + " claim that was wrong."),
    UNREACHABLE(
            "Unreachable",
            "Publishers do not reach the backend. Events are spooled on the nodes.",
            "Check endpoint, proxy and firewall; `defenderctl preflight --node` tests the way."),
    REFUSED_BY_BACKEND(
            "RefusedByBackend", "The backend answers, but takes nothing.", "Look at the backend's own health."),
    SPOOL_TROUBLE("SpoolTrouble", "A node's spool is full or cannot be written.", "Look at that node's disk."),
    SENSOR_TROUBLE(
            "SensorTrouble",
            "A sensor runs and says that it is impaired.",
            "The message is the sensor's own; look at `defender_producer_condition` on that node."),
    APPLY_REFUSED(
            "ApplyRefused",
            "The API server, a webhook or a policy refused an object.",
            "The message is theirs; allow it, and it goes on within seconds."),
    CRASH_LOOP("CrashLoopBackOff", "A container ends again and again.", "Its last words are in the message."),
    IMAGE_PULL(
            "ImagePullBackOff",
            "An image cannot be pulled.",
            "Check `global.imageRegistry`, `imagePullSecrets` and the node's way to the registry."),
    OOM_KILLED("OOMKilled", "A container needed more memory than its limit.", "Report it: the limits are fixed."),
    CONFIG_ERROR(
            "CreateContainerConfigError",
            "A container cannot be configured, mostly for a missing Secret or key.",
            "The message names it."),
    CREATE_ERROR("CreateContainerError", "The container runtime cannot create a container.", "The message is its own."),
    FAILED_CREATE(
            "FailedCreate",
            "The cluster refuses to create a pod: admission, quota or Pod Security.",
            "The message is the refusal; allow the pods in kube-system."),
    UNSCHEDULABLE("Unschedulable", "A pod finds no place on its node.", "Free memory or CPU; the message says which."),
    MOUNT_FAILED("FailedMount", "A volume of a pod cannot be mounted.", "The message names the volume."),
    EVICTED("Evicted", "The node has thrown a pod out.", "Look at the node's pressure conditions."),
    CANNOT_OBSERVE(
            "CannotObserve",
            "The sensor cannot observe a node: no BTF, an old kernel, or a right is missing.",
            "The message is the sensor's own. Fix the node, or label it `defender.dev/exclude=true`."),
    NOT_SERVED(
            "NotServed",
            "Nodes without components: not Linux, an architecture that is not measured, virtual or serverless.",
            "Nothing; control-plane detection covers them."),
    NOT_KNOWN(
            "NotKnown",
            "Fields of the spec have no effect here.",
            "Check their spelling; if AKS knows them, this version does not do it yet."),
    GATING(
            "SecurityGating",
            "Gated deployment is accepted so that AKS profiles can be imported, and does nothing.",
            "Set `securityGating.enabled` to false."),
    SPEC_PAUSED("SpecPaused", "`spec.paused` is true.", "Set it to false.");

    private final String text;
    private final String meaning;
    private final String remedy;

    Reason(String text, String meaning, String remedy) {
        this.text = text;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** As in the status. */
    public String text() {
        return text;
    }

    public String meaning() {
        return meaning;
    }

    public String remedy() {
        return remedy;
    }
}
