// SPDX-License-Identifier: Apache-2.0

// Functions of contexts.

internal import VigieLimits

extension Builtin {
    static let contexts: [Builtin] = [
        Builtin("get value", ["m:context,key:string", "m:context,keys:list"], .any) { call in
            var value = call[0]
            for key in call[1].elements {
                guard case .context(let context) = value, case .string(let name) = key,
                    let next = context[name]
                else { return call.fail("there is no such entry") }
                value = next
            }
            return value
        },
        Builtin("get entries", ["m:context"], .list(.any)) { call in
            guard case .context(let context) = call[0] else { return .null }
            return call.made(
                zip(context.names, context.values).map { name, value in
                    .context(FEELContext([("key", .string(name)), ("value", value)]))
                }
            )
        },
        Builtin("context", ["entries:list"], .any, context),
        Builtin(
            "context put",
            ["context:context,key:string,value:any~", "context:context,keys:list,value:any~"],
            .any
        ) { call in
            put(call[1].elements[...], call[2], in: call[0], call)
        },
        Builtin("context merge", ["contexts:list"], .any) { call in
            var merged = FEELContext()
            for element in call.list(0) {
                guard case .context(let context) = element else {
                    return call.fail("the list holds a \(element.typeName)")
                }
                for (name, value) in zip(context.names, context.values) {
                    guard call.evaluation.take(1 + merged.count / 8) else { return .null }
                    merged[name] = value
                }
            }
            return call.made(merged)
        },
    ]

    private static func context(_ call: BuiltinCall) -> FEELValue {
        var made = FEELContext()
        for element in call.list(0) {
            guard case .context(let entry) = element, case .string(let key)? = entry["key"],
                let value = entry["value"]
            else { return call.fail("an entry has no key and value") }
            guard call.evaluation.take(1 + made.count / 8) else { return .null }
            guard made.index(of: key) == nil else {
                return call.fail("\"\(shown(key))\" is given twice")
            }
            made.append(key, value)
        }
        return call.made(made)
    }

    private static func put(
        _ keys: ArraySlice<FEELValue>,
        _ value: FEELValue,
        in target: FEELValue,
        _ call: BuiltinCall
    ) -> FEELValue {
        guard case .context(var context) = target else {
            return call.fail("a \(target.typeName) has no entries")
        }
        guard case .string(let key)? = keys.first, keys.count <= FEELLimits.valueNesting,
            call.evaluation.take(1 + context.count / 8)
        else { return call.fail("a key is no text") }
        let rest = keys.dropFirst()
        if rest.isEmpty {
            context[key] = value
        } else {
            let inner = put(rest, value, in: context[key] ?? .null, call)
            if inner.isNull { return .null }
            context[key] = inner
        }
        return call.made(context)
    }
}

extension BuiltinCall {
    /// A context that was made, if it is within the limits.
    func made(_ context: FEELContext) -> FEELValue {
        guard context.count <= FEELLimits.listElements else {
            return fail("a context has more than \(FEELLimits.listElements) entries")
        }
        let value = FEELValue.context(context)
        guard value.nesting <= FEELLimits.valueNesting else {
            return fail("values are nested deeper than \(FEELLimits.valueNesting)")
        }
        return value
    }
}
