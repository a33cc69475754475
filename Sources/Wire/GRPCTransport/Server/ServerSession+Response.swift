// SPDX-License-Identifier: Apache-2.0

// Responses: headers with the first message, messages, trailers; or a status
// alone when there is nothing else to say.

internal import CHTTP2Session
internal import NIOCore

extension ServerSession {
    /// Ends a call with a status of the transport's own.
    func fail(_ call: ServerCall, _ status: GRPCStatus, _ reason: CallEndReason) {
        call.endReason = reason
        // What the client has not fetched must not stand before the status.
        dropAnswer(of: call)
        cancelUnpacking(of: call)
        call.finish(status)
    }

    /// Ends a call whose client broke a rule or a limit.
    func reject(_ call: ServerCall, _ status: GRPCStatus) {
        fail(call, status, status.code == .deadlineExceeded ? .deadlineExceeded : .rejected)
    }

    /// Answers what is no gRPC request in HTTP's own terms.
    func refuseAsHTTP(_ call: ServerCall, status: String) {
        call.endReason = .rejected
        call.outcome = .failed
        call.responseBegun = true
        let message =
            "this is a gRPC server: send POST with content-type application/grpc"
        var fields = [
            (":status", Array(status.utf8)),
            ("grpc-status", Array("12".utf8)),
            ("grpc-message", HeaderText.percentEncoded(message)),
        ]
        if status == "405" {
            fields.append(("allow", Array((call.healthPage == nil ? "POST" : "GET, HEAD").utf8)))
        }
        submit(fields, of: call)
        if !isInTurn { outputPending?() }
    }

    /// A message or the final status was queued.
    func outputReady(_ call: ServerCall) {
        if !call.responseBegun {
            call.responseBegun = true
            if call.outcome != .open, call.outbound.isEmpty {
                submitTrailersOnly(call, call.failure ?? GRPCStatus(.ok))
            } else {
                submitHeaders(call)
            }
        } else if call.dataDeferred {
            call.dataDeferred = false
            nghttp2_session_resume_data(pointer, call.streamID)
        }
        if !isInTurn { outputPending?() }
    }

    /// Begins an answer with headers made for it alone.
    ///
    /// - Parameter hasBody: Whether what is queued for the call comes behind them.
    func submit(_ fields: [(String, [UInt8])], of call: ServerCall, hasBody: Bool = false) {
        HeaderBlock(fields).withEntries { entries in
            withUnsafePointer(to: dataProvider(of: call)) { provider in
                _ = nghttp2_submit_response(
                    pointer,
                    call.streamID,
                    entries.baseAddress,
                    entries.count,
                    hasBody ? provider : nil
                )
            }
        }
    }

    private func dataProvider(of call: ServerCall) -> nghttp2_data_provider {
        var provider = nghttp2_data_provider()
        provider.source.ptr = Unmanaged.passUnretained(call).toOpaque()
        provider.read_callback = readData
        return provider
    }

    private func submitHeaders(_ call: ServerCall) {
        if let metadata = call.answerMetadata { return submitHeaders(call, with: metadata) }
        var provider = dataProvider(of: call)
        let headers = call.packsAnswers ? ResponseHeaders.okPacked : okHeaders
        nghttp2_submit_response(
            pointer,
            call.streamID,
            headers.baseAddress,
            headers.count,
            &provider
        )
    }

    private func submitTrailersOnly(_ call: ServerCall, _ status: GRPCStatus) {
        if call.web != nil { return submit([(":status", Array("503".utf8))], of: call) }
        let fixed: [(String, [UInt8])] = [
            (":status", Array("200".utf8)), ("content-type", Array("application/grpc".utf8)),
        ]
        let metadata = call.answerMetadata.map { $0.headers.fields + $0.trailers.fields } ?? []
        submit(fixed + ResponseHeaders.fields(of: status) + metadata, of: call)
    }

    /// Queues the trailers behind the last message.
    func submitTrailers(_ call: ServerCall) {
        guard call.failure != nil || call.answerMetadata != nil else {
            let count = okTrailer.count
            nghttp2_submit_trailer(pointer, call.streamID, okTrailer.baseAddress, count)
            return
        }
        let fields = ResponseHeaders.fields(of: call.failure ?? .ok)
        let metadata = call.answerMetadata?.trailers.fields ?? []
        HeaderBlock(fields + metadata).withEntries { entries in
            _ = nghttp2_submit_trailer(pointer, call.streamID, entries.baseAddress, entries.count)
        }
    }
}

/// nghttp2 asks how much of a call's messages goes into the next DATA frame.
private func readData(
    session: OpaquePointer?,
    streamID: Int32,
    buffer: UnsafeMutablePointer<UInt8>?,
    length: Int,
    flags: UnsafeMutablePointer<UInt32>?,
    source: UnsafeMutablePointer<nghttp2_data_source>?,
    user: UnsafeMutableRawPointer?
) -> Int {
    guard let pointer = source?.pointee.ptr, let flags, let user else {
        return Int(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)
    }
    return withSession(user) { session in
        // The trailers and the end of the stream come next.
        session.rememberCall(streamID, pointer)
        return Unmanaged<ServerCall>.fromOpaque(pointer)._withUnsafeGuaranteedRef { call in
            session.nextDataLength(of: call, atMost: length, flags: &flags.pointee)
        }
    }
}

extension ServerSession {
    /// How much of the message in front goes into a DATA frame, and whether it is the last.
    fileprivate func nextDataLength(
        of call: ServerCall,
        atMost length: Int,
        flags: inout UInt32
    ) -> Int {
        // As gRPC's own servers have it: who is answered may ask whether the server is there.
        pingStrikes = 0
        let count = min(length, call.outbound.frontCount)
        flags |= NGHTTP2_DATA_FLAG_NO_COPY.rawValue
        if count == call.outbound.byteCount, call.outcome != .open, call.packings.isEmpty {
            flags |= NGHTTP2_DATA_FLAG_EOF.rawValue
            if !call.isPlain {
                flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
                submitTrailers(call)
            }
        } else if count == 0 {
            call.dataDeferred = true
            return Int(NGHTTP2_ERR_DEFERRED.rawValue)
        }
        call.announcedBytes = count
        return count
    }
}
