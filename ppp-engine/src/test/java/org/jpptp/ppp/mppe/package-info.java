@NullMarked
package org.jpptp.ppp.mppe;

import org.jspecify.annotations.NullMarked;
