// SPDX-License-Identifier: Apache-2.0

// What few services say of their answers beside the messages: metadata, and which messages are
// compressed.

internal import CHTTP2Session

/// Metadata of an answer.
struct AnswerMetadata {
    /// Before the first message.
    var headers: [(name: String, value: String)] = []
    /// Beside the status.
    var trailers: [(name: String, value: String)] = []
}

extension ServerCall {
    /// Bytes of messages that wait to be sent, or are not wholly sent: what a client that reads
    /// slowly holds.
    package var unsentByteCount: Int { outbound.byteCount + packingBytes }

    /// Adds metadata before the first message, which must not have been sent; without any message
    /// it stands beside the status. Names are in lower case; the value of one that ends in `-bin`
    /// is base64.
    package func addHeader(_ name: String, _ value: String) {
        guard !responseBegun else { return }
        answerMetadata = answerMetadata ?? AnswerMetadata()
        answerMetadata?.headers.append((name, value))
    }

    /// Adds metadata beside the status, as `addHeader` does before the first message.
    package func addTrailer(_ name: String, _ value: String) {
        guard !isEnded else { return }
        answerMetadata = answerMetadata ?? AnswerMetadata()
        answerMetadata?.trailers.append((name, value))
    }

    /// Whether messages from here on are compressed that are worth it. At first they are for a
    /// call that came compressed, or as the server is set; never for a client that takes no gzip,
    /// nor of a call whose first message was sent without.
    package var compressesMessages: Bool {
        get { packsAnswers && !leavesMessagesPlain }
        set {
            if newValue, takesGzip, !responseBegun { packsAnswers = true }
            leavesMessagesPlain = !newValue
        }
    }
}

extension ServerSession {
    /// Begins the answer of a call that has metadata for it.
    func submitHeaders(_ call: ServerCall, with metadata: AnswerMetadata) {
        var fields = [(":status", Array("200".utf8))]
        fields.append(("content-type", Array("application/grpc".utf8)))
        if call.packsAnswers { fields.append(("grpc-encoding", Array("gzip".utf8))) }
        submit(fields + metadata.headers.fields, of: call, hasBody: true)
    }
}

extension [(name: String, value: String)] {
    /// As header lists are made of.
    var fields: [(String, [UInt8])] { map { ($0.name, [UInt8]($0.value.utf8)) } }
}
