/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.cli.kube;

import org.jspecify.annotations.NullMarked;
