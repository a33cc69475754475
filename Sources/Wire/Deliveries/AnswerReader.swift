// SPDX-License-Identifier: Apache-2.0

// What of an answer is looked at: its status and one header. The rest is thrown away, and is too
// much at some size.

internal import CCurl
internal import VigieLimits

/// Takes an answer as it comes.
final class AnswerReader {
    private var status = 0
    private var retryAfter: String?
    private var headCount = 0
    private var bodyCount = 0
    private var isHeadWhole = false

    /// The answer, once its head is whole.
    var answer: HTTPPost.Answer? {
        isHeadWhole ? HTTPPost.Answer(status: status, retryAfter: retryAfter) : nil
    }

    /// Takes a line; anything but its length has libcurl give up.
    static let takeHead: vigie_curl_taker = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let reader = Unmanaged<AnswerReader>.fromOpaque(context).takeUnretainedValue()
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return reader.take(line: line) ? size * count : 0
    }

    /// Takes a part of the body.
    static let takeBody: vigie_curl_taker = { _, size, count, context in
        guard let context else { return 0 }
        let reader = Unmanaged<AnswerReader>.fromOpaque(context).takeUnretainedValue()
        reader.bodyCount += size * count
        return reader.bodyCount <= DeliveryLimits.answerBodyBytesMax ? size * count : 0
    }

    func take(line: UnsafeRawBufferPointer) -> Bool {
        headCount += line.count
        // Answers before the answer count, too: there may be any number of them.
        guard headCount <= DeliveryLimits.answerHeaderBytesMax else { return false }
        // Trailers come behind the body.
        guard !isHeadWhole else { return true }
        let text = String(decoding: line.prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
        if text.isEmpty {
            isHeadWhole = status >= 200
        } else if text.hasPrefix("HTTP/") {
            let words = text.split(separator: " ", maxSplits: 2)
            status = words.count > 1 && words[1].utf8.count == 3 ? Int(words[1]) ?? 0 : 0
            retryAfter = nil
        } else if let colon = text.firstIndex(of: ":"),
            text[..<colon].lowercased() == "retry-after"
        {
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            let isShort = value.utf8.count <= DeliveryLimits.answerValueBytesMax
            retryAfter = isShort ? String(value) : nil
        }
        return true
    }
}
