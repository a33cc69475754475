// SPDX-License-Identifier: Apache-2.0

// The sockets of one run: those that the service manager passes, or else one for each address of
// the settings, taken over from a predecessor where it has one.

internal import CommandFiles
internal import GRPCTransport
internal import NetworkAddresses
internal import ProgramSettings
internal import VigieLimits

/// What a run listens on.
struct Listeners: Sendable {
    /// Sockets for calls.
    private(set) var calls: [ListeningSocket]
    /// Sockets for metrics.
    private(set) var metrics: [ListeningSocket]
    /// All of them, with the names under which they are passed on.
    private(set) var named: [(socket: ListeningSocket, name: String)] = []
    /// Sockets of addresses that the settings do not have any more.
    private var givenUp: [ListeningSocket] = []
    /// Whether the service manager gave those for calls.
    let isActivated: Bool

    /// Listens.
    ///
    /// - Throws: When an address cannot be listened on.
    init(_ settings: DaemonSettings, passed: PassedSockets) throws(CommandFailure) {
        calls = passed.ofManager
        isActivated = !calls.isEmpty
        metrics = passed.metricsOfManager
        named = passed.named.filter { PassedSockets.Purpose(rawValue: $0.name) == nil }
        let backlog = TransportLimits().listenBacklog
        if calls.isEmpty {
            let others = passed.ofPredecessor(.calls)
            for address in settings.listen {
                // Either stands for all IPv4 addresses.
                let takesIPv4 = !settings.listen.contains {
                    $0.host == "0.0.0.0" && $0.port == address.port
                }
                do throws(ListenError) {
                    calls += try Self.sockets(
                        address,
                        settings.socketMode,
                        backlog,
                        others,
                        takesIPv4: takesIPv4
                    )
                } catch {
                    for socket in calls { socket.close(removesFile: passed.predecessor == nil) }
                    throw Self.failure(address, error, .listen)
                }
            }
            named += calls.map { ($0, PassedSockets.Purpose.calls.rawValue) }
        }
        if metrics.isEmpty, let address = settings.metricsListen {
            let others = passed.ofPredecessor(.metrics)
            do throws(ListenError) {
                metrics = try Self.sockets(address, nil, backlog, others, takesIPv4: true)
            } catch {
                throw Self.failure(address, error, .metricsListen)
            }
            named += metrics.map { ($0, PassedSockets.Purpose.metrics.rawValue) }
        }
        givenUp = passed.named.map(\.socket).filter { socket in
            !named.contains { $0.socket.isSame(socket) }
        }
    }

    /// Lets go of addresses that the settings do not have any more, with their files: to be called
    /// when the predecessor needs them no more.
    func giveUp() {
        for socket in givenUp { socket.close(removesFile: true) }
    }

    private static func sockets(
        _ address: NetworkAddress,
        _ mode: UInt32?,
        _ backlog: Int,
        _ others: [ListeningSocket],
        takesIPv4: Bool
    ) throws(ListenError) -> [ListeningSocket] {
        if let path = address.path {
            let socket = try ListeningSocket.listening(
                path: path,
                mode: mode,
                backlog: backlog,
                reusing: others
            )
            return [socket]
        }
        return try ListeningSocket.listening(
            host: address.host,
            port: address.port,
            backlog: backlog,
            reusing: others,
            takesIPv4: takesIPv4
        )
    }

    private static func failure(
        _ address: NetworkAddress,
        _ error: ListenError,
        _ key: SettingKey
    ) -> CommandFailure {
        CommandFailure(
            .cannotListen,
            "\(address) cannot be listened on: \(error)",
            hint: error.isOfUse
                ? "choose another \(key.flag) or stop what uses it" : "correct \(key.flag)"
        )
    }

    /// All addresses for calls, for people.
    var shown: String { calls.map(\.description).joined(separator: ", ") }
}

extension ListeningSocket {
    fileprivate func isSame(_ other: ListeningSocket) -> Bool { descriptor == other.descriptor }
}
