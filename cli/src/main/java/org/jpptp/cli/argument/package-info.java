/** What a command line takes, as values and not as annotations, which cost more to read at a start than all else that is read. */
@org.jspecify.annotations.NullMarked
package org.jpptp.cli.argument;
