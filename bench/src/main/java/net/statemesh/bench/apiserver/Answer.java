// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

/** A status code and the body it came with. */
public record Answer(int status, String body) {}
