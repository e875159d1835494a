/** Files that commands write for their users: whole or not at all, and why the system does not take one. */
@NullMarked
package org.jpptp.cli.file;

import org.jspecify.annotations.NullMarked;
