# SPDX-License-Identifier: Apache-2.0
"""Swift code of the fields of messages: how each is declared, read and written."""

import swift_names as names

DOUBLE, FLOAT, INT64, UINT64, INT32, FIXED64, FIXED32, BOOL, STRING, GROUP, MESSAGE, BYTES, \
    UINT32, ENUM, SFIXED32, SFIXED64, SINT32, SINT64 = range(1, 19)
REPEATED = 3

# Names in the code around fields, which those of fields must not hide.
LOCALS = {"before", "key", "outer", "reader", "start", "tag", "value", "writer"}

# Of each type the method that reads and writes it, its Swift type, its wire type and its default.
SCALARS = {
    DOUBLE: ("double", "Double", 1, "0"),
    FLOAT: ("float", "Float", 5, "0"),
    INT64: ("int64", "Int64", 0, "0"),
    UINT64: ("uint64", "UInt64", 0, "0"),
    INT32: ("int32", "Int32", 0, "0"),
    FIXED64: ("fixed64", "UInt64", 1, "0"),
    FIXED32: ("fixed32", "UInt32", 5, "0"),
    BOOL: ("bool", "Bool", 0, "false"),
    STRING: ("string", "String", 2, '""'),
    BYTES: ("bytes", "[UInt8]", 2, "[]"),
    UINT32: ("uint32", "UInt32", 0, "0"),
    SFIXED32: ("sfixed32", "Int32", 5, "0"),
    SFIXED64: ("sfixed64", "Int64", 1, "0"),
    SINT32: ("sint32", "Int32", 0, "0"),
    SINT64: ("sint64", "Int64", 0, "0"),
}


# Types of values of whose lists ProtobufCoding has functions.
LISTED = {DOUBLE, FLOAT, INT64, UINT64, INT32, FIXED32, BOOL, STRING, BYTES, UINT32, SINT32,
          SINT64}


class Value:
    """One value of a field, an element of a list, or a key or value of a map."""

    def __init__(self, proto, where, types):
        self.is_message = proto.type == MESSAGE
        self.is_enum = proto.type == ENUM
        if self.is_message or self.is_enum:
            self.method = "message" if self.is_message else "enumeration"
            self.swift = types.name(proto.type_name, where)
            self.wire, self.default = (2 if self.is_message else 0), f"{self.swift}()"
        else:
            self.method, self.swift, self.wire, self.default = SCALARS[proto.type]
        self.is_listed = proto.type in LISTED
        self.tag = proto.number << 3 | self.wire
        self.list = {"bytes": "blobs"}.get(self.method, self.method + "s")

    def read(self):
        """The expression that reads a value that is no message."""
        if self.is_enum:
            return f"{self.swift}(rawValue: try reader.enumeration())"
        return f"try reader.{self.method}()"

    def write(self, value):
        """The statement that writes a value behind its tag."""
        if self.is_enum:
            return f"writer.enumeration({value}.rawValue)"
        return f"writer.{self.method}({value})"

    def write_field(self, value):
        """The statements that write tag and value."""
        if self.is_message:
            return f"writer.message({self.tag}, {value})"
        return f"writer.tag({self.tag})\n{self.write(value)}"


class Field(Value):
    """A field of a message."""

    def __init__(self, proto, index, message, full, types):
        where = f"{full[1:]}.{proto.name}"
        super().__init__(proto, where, types)
        self.index, self.number = index, proto.number
        plain = names.lower_camel(proto.name)
        self.member, self.upper = names.member(plain), plain[:1].upper() + plain[1:]
        self.repeated = proto.label == REPEATED
        entries = {f"{full}.{nested.name}": nested for nested in message.nested_type
                   if nested.options.map_entry}
        self.entry = entries.get(proto.type_name)
        if self.entry:
            self.key, self.item = (Value(part, where, types) for part in self.entry.field)
        self.optional = proto.proto3_optional
        self.oneof = None
        if proto.HasField("oneof_index") and not self.optional:
            self.oneof = proto.oneof_index
            oneof = message.oneof_decl[self.oneof].name
            self.oneof_name = names.member(names.lower_camel(oneof))
            self.oneof_place = place(self.oneof_name)
        self.packable = self.repeated and self.wire != 2
        self.packed = self.packable and not (proto.options.HasField("packed")
                                             and not proto.options.packed)
        self.has_presence = not self.repeated and self.oneof is None and (
            self.optional or self.is_message)

    @property
    def members(self):
        """The names that the field takes."""
        more = [f"has{self.upper}", f"clear{self.upper}", f"_{self.member}"]
        return [self.member] + (more if self.has_presence else [])

    def declaration(self):
        """The property, with what its comment belongs to first."""
        if self.entry:
            return [f"package var {self.member}: [{self.key.swift}: {self.item.swift}] = [:]", ""]
        if self.repeated:
            return [f"package var {self.member}: [{self.swift}] = []", ""]
        if self.oneof is not None:
            return [f"""\
package var {self.member}: {self.swift} {{
    get {{
        if case .{self.member}(let value)? = {self.oneof_name} {{ return value }}
        return {self.default}
    }}
    set {{ {self.oneof_name} = .{self.member}(newValue) }}
}}
"""]
        if not self.has_presence:
            return [f"package var {self.member}: {self.swift} = {self.default}", ""]
        return self.declaration_with_presence()

    def declaration_with_presence(self):
        """The property of a field that can be absent."""
        bare, stored = self.member.strip("`"), self.stored
        # A message lies in a list of one or none: so it may have itself inside, and takes no more
        # room and code in what it is in than a pointer does.
        kept, set_, got, has, cleared = (
            (f"[{self.swift}] = []", "[newValue]", f".only({stored})", f"!{stored}.isEmpty", "[]")
            if self.is_message else
            (f"{self.swift}?", "newValue", f"{stored} ?? {self.default}", f"{stored} != nil",
             "nil"))
        return [f"""\
package var {self.member}: {self.swift} {{
    get {{ {got} }}
    set {{ {stored} = {set_} }}
}}
/// Whether the message has `{bare}`.
package var has{self.upper}: Bool {{ {has} }}
/// Takes `{bare}` out of the message.
package mutating func clear{self.upper}() {{ {stored} = {cleared} }}
private var {stored}: {kept}
"""]

    @property
    def stored(self):
        """The property that holds the value."""
        return "_" + self.member.strip("`") if self.has_presence else place(self.member)

    def reading(self):
        """The cases of the switch over tags."""
        if self.entry:
            return [self.reading_map()]
        if self.oneof is not None:
            return [self.reading_oneof()]
        if self.is_message and not self.repeated:
            return [f"case {self.tag}: try reader.boxed(&{self.stored})"]
        if not self.repeated:
            return [f"case {self.tag}: {self.stored} = {self.read()}"]
        if not self.packable:
            return [f"case {self.tag}: try reader.{self.list}(&{self.stored})"]
        pack = self.number << 3 | 2
        if self.is_listed:
            return [f"case {self.tag}, {pack}: try reader.{self.list}(tag, &{self.stored})"]
        return [f"""\
case {self.tag}: {self.stored}.append({self.read()})
case {pack}:
    let outer = try reader.enter()
    while reader.hasMore {{
        {self.stored}.append({self.read()})
    }}
    reader.leave(outer)"""]

    def reading_oneof(self):
        """Of a choice: a message is added to the one before it, any other value takes its place."""
        if not self.is_message:
            return f"case {self.tag}: {self.oneof_place} = .{self.member}({self.read()})"
        return f"""\
case {self.tag}:
    var value = {self.default}
    if case .{self.member}(let before)? = {self.oneof_place} {{
        value = before
        {self.oneof_place} = nil
    }}
    try reader.message(&value)
    {self.oneof_place} = .{self.member}(value)"""

    def reading_map(self):
        """Of a map: each entry is a message of its own."""
        value = f"value = {self.item.read()}" if not self.item.is_message else \
            "try reader.message(&value)"
        return f"""\
case {self.tag}:
    let outer = try reader.enter()
    var key: {self.key.swift} = {self.key.default}
    var value: {self.item.swift} = {self.item.default}
    while let tag = try reader.nextTag() {{
        switch tag {{
        case {self.key.tag}: key = {self.key.read()}
        case {self.item.tag}: {value}
        default: try reader.skip(tag)
        }}
    }}
    reader.leave(outer)
    reader.set(&{self.stored}, key, value)"""

    def writing(self):
        """The statements that write the field."""
        if self.entry:
            return [self.writing_map()]
        if self.packed and not self.is_listed:
            return [f"""\
if !{self.stored}.isEmpty {{
    let start = writer.open({self.number << 3 | 2})
    for value in {self.stored} {{ {self.write("value")} }}
    writer.close(start)
}}"""]
        if self.packed:
            return [f"writer.{self.list}({self.number << 3 | 2}, {self.stored})"]
        if self.is_message and self.oneof is None:
            return [f"writer.messages({self.tag}, {self.stored})"]
        if self.repeated and not self.packable:
            return [f"writer.{self.list}({self.tag}, {self.stored})"]
        if self.oneof is not None:
            condition = f"if case .{self.member}(let value)? = {self.oneof_place}"
        elif self.repeated:
            condition = f"for value in {self.stored}"
        elif self.has_presence:
            condition = f"if let value = {self.stored}"
        else:
            number = ".rawValue" if self.is_enum else ""
            return [f"writer.{self.method}({self.tag}, {self.stored}{number})"]
        return [block(condition, self.write_field("value"))]

    def writing_map(self):
        """Of a map: entries in the order of their keys, with both parts whatever they are."""
        parts = [
            f"let start = writer.open({self.tag})",
            self.key.write_field("key"),
            self.item.write_field("value"),
            "writer.close(start)",
        ]
        if self.key.swift == "Bool":
            absent = f"guard let value = {self.stored}[key] else {{ continue }}"
            return block("for key in [false, true]", "\n".join([absent] + parts))
        return block(f"for (key, value) in ProtobufWriter.ordered({self.stored})",
                     "\n".join(parts))


def place(member):
    """A property as the code of reading and writing has it."""
    return f"self.{member}" if member in LOCALS else member


def block(head, statements):
    """Statements in braces behind what they depend on."""
    inside = "\n".join("    " + line for line in statements.splitlines())
    return f"{head} {{\n{inside}\n}}"
