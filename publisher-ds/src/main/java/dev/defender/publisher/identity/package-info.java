/* SPDX-License-Identifier: Apache-2.0 */

/** Who this node is to the backend, and whom it trusts: enrolment, the client certificate and its renewal, the CA. */
@NullMarked
package dev.defender.publisher.identity;

import org.jspecify.annotations.NullMarked;
