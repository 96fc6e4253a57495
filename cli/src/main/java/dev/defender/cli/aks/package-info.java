/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command {@code import}: what Azure's tools say of a cluster's Defender settings → DefenderProfile. Input → {@link
 * dev.defender.cli.aks.Shapes shapes} → clusters → {@link dev.defender.cli.aks.DefenderSettings settings} → documents.
 */
@NullMarked
package dev.defender.cli.aks;

import org.jspecify.annotations.NullMarked;
