/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the Helm chart, through helm itself, and of the pages that are generated from it and from the CRD. */
@NullMarked
package dev.defender.charts;

import org.jspecify.annotations.NullMarked;
