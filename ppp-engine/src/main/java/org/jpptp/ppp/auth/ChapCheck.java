package org.jpptp.ppp.auth;

import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jspecify.annotations.Nullable;

/**
 * What a server finds in a Response, all of it computed whether it matches or not.
 *
 * @param matches whether it was made with the password
 * @param success the message of the Success that it would get
 * @param keys for MPPE, null where the method yields none
 */
public record ChapCheck(
        boolean matches, String success, @Nullable MppeMasterKeys keys) {}
