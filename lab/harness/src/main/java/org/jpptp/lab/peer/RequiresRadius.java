package org.jpptp.lab.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test needs what {@link Scenario#radius} needs; without that it is skipped, or fails where {@link Requirement#STRICT} is set. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Requires(Requirement.RADIUS)
public @interface RequiresRadius {}
