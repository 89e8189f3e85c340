package io.lexigram.cache.races;

import io.lexigram.cache.history.PlantedFault;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The fault with which the test fails, as {@link CaughtFaultsIT} shows. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface CaughtBy {

    PlantedFault value();
}
