// SPDX-License-Identifier: Apache-2.0

// One transfer of libcurl, on the thread that asks for it: nothing is taken from the environment,
// nothing is kept from one to the next.

internal import CCurl
internal import VigieLimits

/// A transfer that is being set up.
final class CurlHandle {
    /// Before the first use, by one thread.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var failure = CURLE_OK

    init?() {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        // A timeout by a signal would end the process, which has many threads.
        set(CURLOPT_NOSIGNAL, 1)
        // Neither by the environment.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_FRESH_CONNECT, 1)
        set(CURLOPT_FORBID_REUSE, 1)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    }

    deinit {
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
    }

    func set(_ option: CURLoption, _ text: String) {
        note(vigie_curl_set_text(handle, option, text))
    }

    func set(_ option: CURLoption, _ number: Int) {
        note(vigie_curl_set_number(handle, option, number))
    }

    func set(_ option: CURLoption, _ lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                return note(CURLE_OUT_OF_MEMORY)
            }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        note(vigie_curl_set_list(handle, option, list))
    }

    func set(body: [UInt8]) {
        note(body.withUnsafeBytes { vigie_curl_set_body(handle, $0.baseAddress, $0.count) })
    }

    /// How long it may take; at least a little, for 0 would be any time.
    func setTime(milliseconds: Int) {
        set(CURLOPT_TIMEOUT_MS, max(milliseconds, 1))
        set(
            CURLOPT_CONNECTTIMEOUT_MS,
            min(max(milliseconds, 1), DeliveryLimits.connectMilliseconds)
        )
    }

    /// Whom to trust, beside the name: nil for whom the system does.
    func setTrust(_ path: String?) {
        guard let path else { return }
        set(CURLOPT_CAINFO, path)
    }

    func onAnswer(
        head: vigie_curl_taker,
        body: vigie_curl_taker,
        _ context: UnsafeMutableRawPointer
    ) {
        note(vigie_curl_on_answer(handle, head, body, context))
    }

    func onUpload(_ give: vigie_curl_taker, _ context: UnsafeMutableRawPointer) {
        note(vigie_curl_on_upload(handle, give, context))
    }

    private func note(_ code: CURLcode) {
        if failure == CURLE_OK { failure = code }
    }

    /// Transfers. What could not be set up is not begun: it would go another way than meant.
    func perform() -> CURLcode {
        failure == CURLE_OK ? curl_easy_perform(handle) : CURLE_FAILED_INIT
    }

    /// The last status that came.
    var responseCode: Int { vigie_curl_response_code(handle) }
}
