@NullMarked
package org.jpptp.ppp.auth;

import org.jspecify.annotations.NullMarked;
