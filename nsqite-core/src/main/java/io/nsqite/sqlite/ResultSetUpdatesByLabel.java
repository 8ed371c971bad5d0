package io.nsqite.sqlite;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** Passes changes of columns, named by their label, to the driver's result. */
abstract class ResultSetUpdatesByLabel extends ResultSetUpdatesByColumn {

    ResultSetUpdatesByLabel(ResultSet delegate) {
        super(delegate);
    }

    @Override
    public void updateArray(String label, Array value) throws SQLException {
        delegate.updateArray(label, value);
    }

    @Override
    public void updateAsciiStream(String label, InputStream stream) throws SQLException {
        delegate.updateAsciiStream(label, stream);
    }

    @Override
    public void updateAsciiStream(String label, InputStream stream, int length) throws SQLException {
        delegate.updateAsciiStream(label, stream, length);
    }

    @Override
    public void updateAsciiStream(String label, InputStream stream, long length) throws SQLException {
        delegate.updateAsciiStream(label, stream, length);
    }

    @Override
    public void updateBigDecimal(String label, BigDecimal value) throws SQLException {
        delegate.updateBigDecimal(label, value);
    }

    @Override
    public void updateBinaryStream(String label, InputStream stream) throws SQLException {
        delegate.updateBinaryStream(label, stream);
    }

    @Override
    public void updateBinaryStream(String label, InputStream stream, int length) throws SQLException {
        delegate.updateBinaryStream(label, stream, length);
    }

    @Override
    public void updateBinaryStream(String label, InputStream stream, long length) throws SQLException {
        delegate.updateBinaryStream(label, stream, length);
    }

    @Override
    public void updateBlob(String label, InputStream value) throws SQLException {
        delegate.updateBlob(label, value);
    }

    @Override
    public void updateBlob(String label, Blob value) throws SQLException {
        delegate.updateBlob(label, value);
    }

    @Override
    public void updateBlob(String label, InputStream value, long length) throws SQLException {
        delegate.updateBlob(label, value, length);
    }

    @Override
    public void updateBoolean(String label, boolean value) throws SQLException {
        delegate.updateBoolean(label, value);
    }

    @Override
    public void updateByte(String label, byte value) throws SQLException {
        delegate.updateByte(label, value);
    }

    @Override
    public void updateBytes(String label, byte[] value) throws SQLException {
        delegate.updateBytes(label, value);
    }

    @Override
    public void updateCharacterStream(String label, Reader stream) throws SQLException {
        delegate.updateCharacterStream(label, stream);
    }

    @Override
    public void updateCharacterStream(String label, Reader stream, int length) throws SQLException {
        delegate.updateCharacterStream(label, stream, length);
    }

    @Override
    public void updateCharacterStream(String label, Reader stream, long length) throws SQLException {
        delegate.updateCharacterStream(label, stream, length);
    }

    @Override
    public void updateClob(String label, Reader value) throws SQLException {
        delegate.updateClob(label, value);
    }

    @Override
    public void updateClob(String label, Clob value) throws SQLException {
        delegate.updateClob(label, value);
    }

    @Override
    public void updateClob(String label, Reader value, long length) throws SQLException {
        delegate.updateClob(label, value, length);
    }

    @Override
    public void updateDate(String label, Date value) throws SQLException {
        delegate.updateDate(label, value);
    }

    @Override
    public void updateDouble(String label, double value) throws SQLException {
        delegate.updateDouble(label, value);
    }

    @Override
    public void updateFloat(String label, float value) throws SQLException {
        delegate.updateFloat(label, value);
    }

    @Override
    public void updateInt(String label, int value) throws SQLException {
        delegate.updateInt(label, value);
    }

    @Override
    public void updateLong(String label, long value) throws SQLException {
        delegate.updateLong(label, value);
    }

    @Override
    public void updateNCharacterStream(String label, Reader stream) throws SQLException {
        delegate.updateNCharacterStream(label, stream);
    }

    @Override
    public void updateNCharacterStream(String label, Reader stream, long length) throws SQLException {
        delegate.updateNCharacterStream(label, stream, length);
    }

    @Override
    public void updateNClob(String label, Reader value) throws SQLException {
        delegate.updateNClob(label, value);
    }

    @Override
    public void updateNClob(String label, NClob value) throws SQLException {
        delegate.updateNClob(label, value);
    }

    @Override
    public void updateNClob(String label, Reader value, long length) throws SQLException {
        delegate.updateNClob(label, value, length);
    }

    @Override
    public void updateNString(String label, String value) throws SQLException {
        delegate.updateNString(label, value);
    }

    @Override
    public void updateObject(String label, Object value) throws SQLException {
        delegate.updateObject(label, value);
    }

    @Override
    public void updateObject(String label, Object value, int scaleOrLength) throws SQLException {
        delegate.updateObject(label, value, scaleOrLength);
    }

    @Override
    public void updateObject(String label, Object value, SQLType sqlType) throws SQLException {
        delegate.updateObject(label, value, sqlType);
    }

    @Override
    public void updateObject(String label, Object value, SQLType sqlType, int scaleOrLength) throws SQLException {
        delegate.updateObject(label, value, sqlType, scaleOrLength);
    }

    @Override
    public void updateRef(String label, Ref value) throws SQLException {
        delegate.updateRef(label, value);
    }

    @Override
    public void updateRowId(String label, RowId value) throws SQLException {
        delegate.updateRowId(label, value);
    }

    @Override
    public void updateSQLXML(String label, SQLXML value) throws SQLException {
        delegate.updateSQLXML(label, value);
    }

    @Override
    public void updateShort(String label, short value) throws SQLException {
        delegate.updateShort(label, value);
    }

    @Override
    public void updateString(String label, String value) throws SQLException {
        delegate.updateString(label, value);
    }

    @Override
    public void updateTime(String label, Time value) throws SQLException {
        delegate.updateTime(label, value);
    }

    @Override
    public void updateTimestamp(String label, Timestamp value) throws SQLException {
        delegate.updateTimestamp(label, value);
    }
}
