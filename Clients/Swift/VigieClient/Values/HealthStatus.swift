// SPDX-License-Identifier: Apache-2.0

// The state of a server or of one of its services.

/// The state of a server or of one of its services.
public enum HealthStatus: Sendable, Hashable {
    /// Calls are answered.
    case serving
    /// Calls are not answered now, such as before a stop.
    case notServing
    /// The server does not know.
    case unknown
}
