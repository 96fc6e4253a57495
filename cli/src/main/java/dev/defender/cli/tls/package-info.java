/* SPDX-License-Identifier: Apache-2.0 */
/** Certificates and keys in PEM. */
@NullMarked
package dev.defender.cli.tls;

import org.jspecify.annotations.NullMarked;
