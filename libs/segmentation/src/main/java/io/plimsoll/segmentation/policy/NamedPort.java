package io.plimsoll.segmentation.policy;

/** A port by name, as a rule asks for it or a container offers it. The same name under another protocol is another port. */
public record NamedPort(Protocol protocol, String name) {}
