using System.Reflection;
using System.Reflection.Emit;

namespace ExEngine.Tests.Rules;

/// <summary>
/// Which types of ExEngine.Core a type uses, as the compiler wrote it: bases, interfaces, members, attributes, generic arguments, and
/// every instruction of every method. What the compiler made (lambdas, state machines) counts for the type that it was made for.
/// A constant leaves no trace, as its value was copied.
/// </summary>
public sealed record SymbolUses(Type User, Type Used)
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly Assembly Core = typeof(Core.CoreServices).Assembly;

    public static IReadOnlyList<SymbolUses> All { get; } =
    [.. Core.GetTypes().SelectMany(t => Of(t).Select(used => new SymbolUses(Outermost(t), used))).Where(u => u.User != u.Used).Distinct()];

    private static IEnumerable<Type> Of(Type type) =>
        Named(type).SelectMany(Parts).Where(t => t.Assembly == Core && !t.IsGenericParameter).Select(Outermost).Distinct();

    private static IEnumerable<Type?> Named(Type type) =>
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. Attributes(type),
            .. type.GetGenericArguments().SelectMany(Constraints),
            .. type.GetFields(Own).SelectMany(f => Attributes(f).Prepend(f.FieldType)),
            .. type.GetProperties(Own).SelectMany(p => Attributes(p).Prepend(p.PropertyType)),
            .. type.GetEvents(Own).Select(e => e.EventHandlerType),
            .. type.GetConstructors(Own).SelectMany(Method),
            .. type.GetMethods(Own).SelectMany(m => Method(m).Append(m.ReturnType).Concat(m.GetGenericArguments().SelectMany(Constraints))),
        ];

    private static IEnumerable<Type?> Method(MethodBase method) =>
        [.. method.GetParameters().SelectMany(p => Attributes(p).Prepend(p.ParameterType)), .. Attributes(method), .. Body(method)];

    private static Type[] Constraints(Type argument) => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [];

    private static IEnumerable<Type?> Attributes(ICustomAttributeProvider provider) =>
        Data(provider)
            .SelectMany(a =>
                a.ConstructorArguments.Concat(a.NamedArguments.Select(n => n.TypedValue))
                    .SelectMany(v => new[] { v.ArgumentType, v.Value as Type })
                    .Append(a.AttributeType)
            );

    private static IList<CustomAttributeData> Data(ICustomAttributeProvider provider) =>
        provider is ParameterInfo parameter ? parameter.GetCustomAttributesData() : ((MemberInfo)provider).GetCustomAttributesData();

    private static IEnumerable<Type?> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }

        return
        [
            .. body.LocalVariables.Select(l => l.LocalType),
            .. body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType),
            .. Tokens(body.GetILAsByteArray()!).SelectMany(token => Resolved(method, token)),
        ];
    }

    private static IEnumerable<int> Tokens(byte[] code)
    {
        var at = 0;
        while (at < code.Length)
        {
            var op = OpCodesByValue[code[at] == 0xFE ? unchecked((short)((code[at] << 8) | code[at + 1])) : code[at]];
            at += op.Size;
            switch (op.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return BitConverter.ToInt32(code, at);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static IEnumerable<Type?> Resolved(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type used => [used],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodInfo called =>
            [
                called.DeclaringType,
                called.ReturnType,
                .. called.GetGenericArguments(),
                .. called.GetParameters().Select(p => p.ParameterType),
            ],
            ConstructorInfo called => [called.DeclaringType, .. called.GetParameters().Select(p => p.ParameterType)],
            _ => [],
        };
    }

    /// <summary>The type itself, what it is an array or a reference of, and all its arguments.</summary>
    private static IEnumerable<Type> Parts(Type? type) =>
        type switch
        {
            null => [],
            { HasElementType: true } => Parts(type.GetElementType()),
            { IsGenericType: true } => type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()),
            _ => [type],
        };

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
