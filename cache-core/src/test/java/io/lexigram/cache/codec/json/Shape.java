package io.lexigram.cache.codec.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A closed hierarchy whose type ids are names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle"), @JsonSubTypes.Type(Square.class)})
interface Shape {}

record Circle(double radius) implements Shape {}

record Square(int side) implements Shape {}
