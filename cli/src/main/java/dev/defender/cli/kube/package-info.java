/* SPDX-License-Identifier: Apache-2.0 */
/** A cluster's API server, through kubectl or directly. */
@NullMarked
package dev.defender.cli.kube;

import org.jspecify.annotations.NullMarked;
