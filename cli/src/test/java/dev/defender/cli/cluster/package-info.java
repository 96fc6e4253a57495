/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.cli.cluster;

import org.jspecify.annotations.NullMarked;
