/** What every command line has: its numbers, its options by name, its exit codes, how much it says, and what is said of a wrong one. */
@NullMarked
package org.jpptp.cli.usage;

import org.jspecify.annotations.NullMarked;
