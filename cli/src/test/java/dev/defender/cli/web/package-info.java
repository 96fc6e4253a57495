/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.cli.web;

import org.jspecify.annotations.NullMarked;
