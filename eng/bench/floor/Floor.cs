// Starts the product's own entry point with NoStore in it.
Environment.SetEnvironmentVariable("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", typeof(ExEngine.Floor.NoStore).Assembly.GetName().Name);
var main = typeof(ExEngine.Web.Webhooks.IntakeEndpoints).Assembly.EntryPoint!;
var result = main.Invoke(null, main.GetParameters().Length == 0 ? null : [(string[])["--applicationName", "ExEngine.Web", .. args]]);
return result is int code ? code : 0;
