/* SPDX-License-Identifier: Apache-2.0 */
/** The backend's own certificate authority, server certificate and node certificates. */
@NullMarked
package dev.defender.backend.pki;

import org.jspecify.annotations.NullMarked;
