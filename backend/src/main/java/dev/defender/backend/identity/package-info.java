/* SPDX-License-Identifier: Apache-2.0 */
/** Who speaks: the cluster, enrolment tokens, nodes and their certificates, API tokens and the audit trail. */
@NullMarked
package dev.defender.backend.identity;

import org.jspecify.annotations.NullMarked;
