/**
 * Targets for fuzzing with jazzer, and what holds for every input. A target is a class whose name ends in {@code Fuzz}; its
 * kept inputs are in {@code src/test/fuzz/corpus}. No class here needs jazzer: it calls them by their names.
 */
@NullMarked
package org.jpptp.lab.fuzz;

import org.jspecify.annotations.NullMarked;
