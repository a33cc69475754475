// SPDX-License-Identifier: Apache-2.0

// One call of grpc.health.v1.Health/Watch. It answers at once and again with each
// change; when the server stops it ends, since a watch that stayed open would hold up the stop.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieProtos

/// The state of one watch. Bound to the call's event loop.
final class HealthWatch: CallHandler {
    private let board: HealthBoard
    private let names: [String]
    private var identifier: Int?
    private var isKnown = false

    init(board: HealthBoard, names: [String]) {
        self.board = board
        self.names = names
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let request = try Grpc_Health_V1_HealthCheckRequest(received: message)
            isKnown = names.contains(request.service)
            let isServing = observe(call)
            call.send(response(isServing))
        } catch {
            call.finish(error.status)
        }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {
        if let identifier { board.remove(identifier) }
        identifier = nil
    }

    /// Asks to hear of changes.
    ///
    /// - Returns: The state from which on the watch hears of them.
    private func observe(_ call: ServerCall) -> Bool {
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((watch: self, call: call), eventLoop: eventLoop)
        let added = board.add { change in
            eventLoop.execute { bound.value.watch.tell(change, call: bound.value.call) }
        }
        identifier = added.identifier
        return added.isServing
    }

    private func tell(_ change: HealthBoard.Change, call: ServerCall) {
        guard identifier != nil else { return }
        switch change {
        case .serving(let isServing): if isKnown { call.send(response(isServing)) }
        case .end:
            call.finish(GRPCStatus(.unavailable, "The server is stopping; watch again."))
        }
    }

    private func response(_ isServing: Bool) -> Grpc_Health_V1_HealthCheckResponse {
        if isKnown { return .init(isServing: isServing) }
        // The protocol wants such a watch to stay open: the service may come yet.
        return .with { $0.status = .serviceUnknown }
    }
}
