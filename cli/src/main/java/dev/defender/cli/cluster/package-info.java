/* SPDX-License-Identifier: Apache-2.0 */
/** Commands about clusters and their nodes: onboarding, keys, revocation. */
@NullMarked
package dev.defender.cli.cluster;

import org.jspecify.annotations.NullMarked;
