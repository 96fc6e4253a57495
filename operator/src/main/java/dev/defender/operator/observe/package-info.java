/* SPDX-License-Identifier: Apache-2.0 */
/** What is in the cluster, in the compact form that fits into memory at 5,000 nodes. */
@NullMarked
package dev.defender.operator.observe;

import org.jspecify.annotations.NullMarked;
