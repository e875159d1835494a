/** What the documents say of the code, compared with the code. */
@NullMarked
package org.jpptp.lab.docs;

import org.jspecify.annotations.NullMarked;
