using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <summary>Tables and columns take the field's words; nothing is lost. Written by hand: EF mixed up the two quantities of an order.</summary>
    public partial class FieldWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameTable(name: "door_counts", newName: "rejected_request_counts");
            migrationBuilder.RenameColumn(name: "executed", table: "orders", newName: "filled_quantity");
            migrationBuilder.RenameColumn(name: "filled", table: "orders", newName: "booked_quantity");
            migrationBuilder.RenameColumn(name: "executed", table: "paper_orders", newName: "filled_quantity");
            migrationBuilder.RenameColumn(name: "sold_untracked", table: "positions", newName: "sold_from_outside");
            migrationBuilder.RenameColumn(name: "round_profit", table: "positions", newName: "round_trip_profit");
            migrationBuilder.RenameColumn(name: "owner", table: "account_leases", newName: "holder");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(name: "holder", table: "account_leases", newName: "owner");
            migrationBuilder.RenameColumn(name: "round_trip_profit", table: "positions", newName: "round_profit");
            migrationBuilder.RenameColumn(name: "sold_from_outside", table: "positions", newName: "sold_untracked");
            migrationBuilder.RenameColumn(name: "filled_quantity", table: "paper_orders", newName: "executed");
            migrationBuilder.RenameColumn(name: "booked_quantity", table: "orders", newName: "filled");
            migrationBuilder.RenameColumn(name: "filled_quantity", table: "orders", newName: "executed");
            migrationBuilder.RenameTable(name: "rejected_request_counts", newName: "door_counts");
        }
    }
}
