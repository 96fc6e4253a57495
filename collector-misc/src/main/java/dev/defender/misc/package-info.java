/* SPDX-License-Identifier: Apache-2.0 */

/** collector-misc: the cluster's inventory and security events through the publisher of the node it runs on. */
@NullMarked
package dev.defender.misc;

import org.jspecify.annotations.NullMarked;
