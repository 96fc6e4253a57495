/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What this kernel and this process allow: facts gathered by trying ({@link bpf4j.probe.FeatureProbe}), and a pure verdict over
 * facts ({@link bpf4j.probe.Verdict}), so that hosts that are not at hand can be tested from what they once reported.
 */
@NullMarked
package bpf4j.probe;

import org.jspecify.annotations.NullMarked;
