// SPDX-License-Identifier: Apache-2.0

// A message of mail (RFC 5322) of plain text in UTF-8. What comes from elsewhere stands in it only
// as base 64, in the subject as in the body: so nothing can end a line, or begin a header.

internal import Digests
internal import Quantities

/// A message.
package struct MailMessage: Sendable, Equatable {
    /// Whose it is.
    package let sender: MailAddress
    /// For whom.
    package let receiver: MailAddress
    /// What tells it from others: the same on every try, so that a receiver can act once. Letters,
    /// digits, hyphens and underscores.
    package let identifier: String
    /// When it was made, in seconds since 1970.
    package let seconds: Int64
    /// What it is about.
    package let subject: String
    /// What it says.
    package let text: String
    /// The language of both, such as fr.
    package let language: String

    /// Makes one.
    package init(
        from sender: MailAddress,
        to receiver: MailAddress,
        identifier: String,
        atSeconds seconds: Int64,
        subject: String,
        text: String,
        language: String
    ) {
        (self.sender, self.receiver, self.identifier) = (sender, receiver, identifier)
        (self.seconds, self.subject, self.text) = (seconds, subject, text)
        self.language = language
    }

    /// The whole of it, with lines that end in CR and LF.
    package var bytes: [UInt8] {
        let host = sender.text.split(separator: "@").last ?? "localhost"
        let plain = identifier.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
        }
        let headers = [
            ("Date", Self.date(seconds)), ("From", "Vigie <\(sender.text)>"),
            ("To", "<\(receiver.text)>"), ("Message-ID", "<\(plain)@\(host)>"),
            ("Subject", Self.encoded(subject)), ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "base64"),
            ("Content-Language", language == "fr" ? "fr" : "en"),
            // Nobody is to answer with a note that he is away (RFC 3834).
            ("Auto-Submitted", "auto-generated"),
        ]
        let head = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = Base64.plain.text(lines.joined(separator: "\r\n").utf8)
        return Array((head + "\r\n" + Self.folded(body, 76, "\r\n") + "\r\n").utf8)
    }

    /// A text as encoded words (RFC 2047) of at most 75 letters, none of which ends within a
    /// character.
    static func encoded(_ text: String) -> String {
        var (words, part) = ([String](), [UInt8]())
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if part.count + bytes.count > 45 {
                words.append("=?utf-8?B?\(Base64.plain.text(part))?=")
                part = []
            }
            part += bytes
        }
        words.append("=?utf-8?B?\(Base64.plain.text(part))?=")
        return words.joined(separator: "\r\n ")
    }

    private static func folded(_ text: String, _ width: Int, _ end: String) -> String {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: width).map { start in
            String(decoding: bytes[start..<min(start + width, bytes.count)], as: UTF8.self)
        }.joined(separator: end)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A time such as `30 Nov 2026 08:31:00 +0000`; the day of the week may be left out.
    static func date(_ seconds: Int64) -> String {
        let day = CalendarDate(secondsSince1970: seconds).components
        let month = months.indices.contains(day.month - 1) ? months[day.month - 1] : "Jan"
        return "\(day.day) \(month) \(day.year) \(clock(seconds, withSeconds: true)) +0000"
    }

    /// The time of a day in UTC.
    static func clock(_ seconds: Int64, withSeconds: Bool) -> String {
        let second = ((seconds % 86_400) + 86_400) % 86_400
        let parts = [second / 3_600, second / 60 % 60] + (withSeconds ? [second % 60] : [])
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
