package org.jpptp.lab.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test needs a {@link SystemdBox}; without it, it is skipped, or fails where {@link Requirement#STRICT} is set. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Requires(Requirement.BOX)
public @interface RequiresBox {}
