// SPDX-License-Identifier: Apache-2.0

// Sockets that listen already and that whoever started this process passes along
// (sd_listen_fds(3)): systemd for a unit of kind socket, or a vigied that this one is to replace.

package import CommandFiles
internal import FoundationEssentials
package import GRPCTransport

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The sockets that were passed, and by whom.
package struct PassedSockets: Sendable {
    /// What a socket is for.
    enum Purpose: String, Sendable {
        /// Calls, on an address of the settings.
        case calls = "vigied-calls"
        /// Metrics, on an address of the settings.
        case metrics = "vigied-metrics"
        /// Words between a server and the one that replaces it.
        case words = "vigied-words"
    }

    /// The variable with the process that this one is to replace.
    static let predecessorVariable = "VIGIED_PREDECESSOR"
    /// What a unit of systemd names its socket for metrics.
    static let metricsName = "metrics"

    /// Each with its name, as systemd has them.
    private(set) var named: [(socket: ListeningSocket, name: String)] = []
    /// The vigied that waits for this one to be ready.
    private(set) var predecessor: Predecessor?

    /// Nothing was passed.
    package static let none = PassedSockets()

    private init() {}

    /// Takes what the environment tells of.
    ///
    /// - Throws: A bad configuration when a descriptor is none of a socket that listens.
    package init(environment: [String: String]) throws(CommandFailure) {
        let isReplacing = environment[Self.predecessorVariable] == "\(getppid())"
        let passed = try PassedDescriptors.named(
            environment,
            processID: isReplacing ? nil : getpid()
        )
        for (descriptor, name) in passed {
            if isReplacing, name == Purpose.words.rawValue {
                predecessor = Predecessor(descriptor: descriptor)
                continue
            }
            do throws(ListenError) {
                let isOwn = isReplacing && Purpose(rawValue: name) != nil
                named.append((try .init(taking: descriptor, ownsFile: isOwn), name))
            } catch {
                throw CommandFailure(
                    .badConfiguration,
                    "the socket \(name) that was passed as descriptor \(descriptor) is of no use: "
                        + "\(error)",
                    hint: "a unit of systemd needs ListenStream= and Accept=no"
                )
            }
        }
    }

    private func isOwn(_ name: String) -> Bool { Purpose(rawValue: name) != nil }

    /// Sockets for calls of the service manager: they take the place of the addresses of the
    /// settings.
    package var ofManager: [ListeningSocket] {
        named.filter { !isOwn($0.name) && $0.name != Self.metricsName }.map(\.socket)
    }

    /// Sockets for metrics of the service manager.
    var metricsOfManager: [ListeningSocket] {
        named.filter { $0.name == Self.metricsName }.map(\.socket)
    }

    /// Sockets of the predecessor, on addresses of its settings.
    func ofPredecessor(_ purpose: Purpose) -> [ListeningSocket] {
        named.filter { $0.name == purpose.rawValue }.map(\.socket)
    }
}
