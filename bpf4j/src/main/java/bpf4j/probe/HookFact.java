/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

/**
 * Whether one kind of hook works here.
 *
 * @param hook which
 * @param usable a program of that kind loads and attaches
 * @param errno the positive error number of the step that failed; 0 when usable or when it was not the kernel that said no
 * @param why which step failed and why, as a clause; empty when usable
 */
public record HookFact(Hook hook, boolean usable, int errno, String why) {
    static HookFact works(Hook hook) {
        return new HookFact(hook, true, 0, "");
    }

    static HookFact fails(Hook hook, int errno, String why) {
        return new HookFact(hook, false, Math.abs(errno), why);
    }
}
