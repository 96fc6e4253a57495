/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import bpf4j.Capabilities;
import java.util.List;
import java.util.Optional;

/**
 * What a host reported about itself; plain data, see {@link FactsText} for its text form.
 *
 * @param kernel as {@code uname -r}
 * @param libbpf version of the library, empty when it could not be loaded
 * @param btf whether the kernel carries its own BTF
 * @param uid effective user id, −1 when unknown
 * @param initialUserNamespace false inside a user namespace, where bpf(2) counts no capability
 * @param effective capabilities that this process has
 * @param bounding capabilities that it could ever have
 * @param unprivilegedBpf value of kernel.unprivileged_bpf_disabled, −1 when unknown; tracing needs privileges whatever it says
 * @param lockdown the lockdown mode in force, empty when unknown
 * @param seccomp whether a seccomp filter is on this process
 * @param hooks one fact per kind of hook
 */
public record ProbeFacts(
        String kernel,
        String libbpf,
        boolean btf,
        int uid,
        boolean initialUserNamespace,
        Capabilities effective,
        Capabilities bounding,
        int unprivilegedBpf,
        String lockdown,
        boolean seccomp,
        List<HookFact> hooks) {
    public ProbeFacts {
        hooks = List.copyOf(hooks);
    }

    /** The fact about that kind of hook; empty when it was not probed. */
    public Optional<HookFact> hook(Hook hook) {
        return hooks.stream().filter(fact -> fact.hook() == hook).findFirst();
    }

    /** Whether that kind of hook was probed and works. */
    public boolean usable(Hook hook) {
        return hook(hook).map(HookFact::usable).orElse(false);
    }
}
