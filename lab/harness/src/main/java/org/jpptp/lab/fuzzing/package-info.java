/** What fuzzing and the replay of its kept inputs have in common: the targets of a module. */
@NullMarked
package org.jpptp.lab.fuzzing;

import org.jspecify.annotations.NullMarked;
