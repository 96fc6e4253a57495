/* SPDX-License-Identifier: Apache-2.0 */
/** HTTPS requests, through a proxy where the environment names one. */
@NullMarked
package dev.defender.cli.web;

import org.jspecify.annotations.NullMarked;
