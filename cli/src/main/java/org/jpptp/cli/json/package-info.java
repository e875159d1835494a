/** JSON, read and written as trees. */
@NullMarked
package org.jpptp.cli.json;

import org.jspecify.annotations.NullMarked;
